"""What the environment of a checkout holds."""


def test_what_a_school_installed_beside_the_rest_stays(tool, tmp_path):
    environment = tool("environment")
    assert environment.extras(tmp_path) == []
    (tmp_path / "lib" / "python3.13" / "site-packages" / "signxml").mkdir(parents=True)
    assert environment.extras(tmp_path) == ["requirements-saml.txt"]
    assert (environment.ROOT / "requirements-saml.txt").is_file()

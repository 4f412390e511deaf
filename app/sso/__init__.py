"""Signing in with the school's own sign-on, by OpenID Connect or SAML 2.0."""

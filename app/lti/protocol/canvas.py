"""What Canvas wants to know of a tool that is added by hand: a configuration that its admin pastes as an address."""

from typing import Any

from . import names


def configuration(origin: str) -> dict[str, Any]:
    """The JSON of a Canvas LTI key; see “Configuring LTI 1.3 tools” in Canvas's own documentation."""
    launch = f"{origin}/lti/launch"
    picker = {
        "message_type": names.DEEP_LINK,
        "target_link_uri": f"{origin}/lti/deep-link",
        "text": "Foreword",
        "selection_width": 900,
        "selection_height": 700,
    }
    placements = [{"placement": where, **picker} for where in ("link_selection", "assignment_selection")]
    return {
        "title": "Foreword",
        "description": "Read and watch together before class.",
        "oidc_initiation_url": f"{origin}/lti/login",
        "target_link_uri": launch,
        "public_jwk_url": f"{origin}/lti/jwks",
        "scopes": [*names.SCOPES, names.NOTICE_HANDLERS],
        "extensions": [
            {
                "platform": "canvas.instructure.com",
                "privacy_level": "public",
                "settings": {"platform": "canvas.instructure.com", "placements": placements},
            }
        ],
        "custom_fields": {
            "context_history": "$Context.id.history",
            "resource_link_history": "$ResourceLink.id.history",
            "sections": "$com.instructure.User.sectionNames",
            "groups": "$Canvas.group.contextIds",
        },
    }

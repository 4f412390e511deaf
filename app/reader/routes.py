"""What the reading page asks for while somebody writes."""

from apiflask import APIBlueprint
from pydantic import BaseModel, ConfigDict, Field

from app.core.markdown import render
from app.core.policy import Action
from app.core.web import requires

api = APIBlueprint("preview", __name__, url_prefix="/api/v1", tag="Annotations")
BLUEPRINTS = (api,)
MAX_BODY = 10_000


class PreviewIn(BaseModel):
    """Markdown that is being written."""

    model_config = ConfigDict(extra="forbid")

    body: str = Field(max_length=MAX_BODY)


class PreviewOut(BaseModel):
    """How it will look: sanitised HTML."""

    html: str


@api.post("/preview")
@api.input(PreviewIn, arg_name="draft")
@api.output(PreviewOut)
@requires(Action.USE_OWN_ACCOUNT)
def preview(draft: PreviewIn) -> dict[str, str]:
    """Show Markdown as it will look once posted; nothing is stored."""
    return {"html": render(draft.body, ())}

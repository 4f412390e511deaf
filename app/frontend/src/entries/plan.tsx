/** The page on which a plan is changed. */
import { render } from "preact";
import { Editor } from "../plans/Editor.tsx";
import { plan } from "../plans/state.ts";

const room = document.getElementById("plan-editor");
if (room) {
  room.replaceChildren();
  render(<Editor />, room);
}
plan.subscribe(({ title }) => {
  const heading = document.querySelector("[data-plan-title]");
  if (heading) heading.textContent = title;
});

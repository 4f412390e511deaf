/** Puts the parts of the reading page where the server left room for them. */
import type { VNode } from "preact";
import { t } from "../lib/messages.ts";
import { toast } from "../lib/toast.ts";
import { openFromAddress } from "./address.ts";
import { startClock } from "./clock.ts";
import { endCursor } from "./cursor.ts";
import { keepWhenLeaving, restore } from "./editing/keeping.ts";
import { resume } from "./editing/sending.ts";
import { listenToKeys } from "./keys.ts";
import { raiseSheet } from "./layout.ts";
import { listenToMarks, loadAnnotations, loadMarks, loadMine, loadRoster } from "./loading.ts";
import { info } from "./page-info.ts";
import { startPainting } from "./painter.ts";
import { QuestionOverlays, startQuestions } from "./questions/start.tsx";
import { RatingsDialog } from "./ratings/RatingsPanel.tsx";
import { listenToRatings, loadRatings } from "./ratings/state.ts";
import { goOn, startReading } from "./reading.ts";
import { tell } from "./seen.ts";
import { watchSelection } from "./selection.ts";
import { listenToFlags, loadFlags } from "./staff.ts";
import { active, loaded } from "./state.ts";
import type { Place, Surface } from "./surface.ts";
import { openSurface } from "./surfaces.ts";
import { activate, activateOn } from "./threads/activate.ts";
import { firstThreads } from "./threads/first.ts";
import { placed } from "./threads/model.ts";
import { layoutTick } from "./threads/settling.ts";
import { ThreadPanel } from "./threads/ThreadPanel.tsx";
import { Contents } from "./tools/Contents.tsx";
import { CursorPad } from "./tools/CursorPad.tsx";
import { HelpButton, KeyMap } from "./tools/KeyMap.tsx";
import { SelectionBar } from "./tools/SelectionBar.tsx";
import { SignInAgain } from "./tools/SignInAgain.tsx";
import { Status } from "./tools/Status.tsx";
import { Strip } from "./tools/Strip.tsx";

type Render = (node: VNode, into: Element) => void;

export async function startPage(render: Render): Promise<void> {
  // Asked for before anything is drawn: the answers, fetched ahead by the page, are read meanwhile.
  const asked = [quietly(loadAnnotations()), quietly(loadMine()), quietly(loadRoster())] as const;
  const surface = await openSurface(info.document.medium);
  if (!surface) return;
  draw(render, surface);
  follow(surface);
  void firstThreads().then(() => drawTimes(render));
  const [head, position] = await Promise.all([
    ...asked,
    // Their cards move the text: they stand before anybody is led to a place, unless the network is slow.
    Promise.race([quietly(startQuestions(surface)), new Promise((resolve) => setTimeout(resolve, 1500))]),
  ]);
  listenToRatings();
  listenToFlags();
  listenToMarks();
  for (const part of [loadMarks(), loadFlags(), loadRatings()]) void quietly(part);
  goOn(surface, position);
  openFromAddress(surface);
  if (!info.viewer.previewing) {
    const drafts = await restore();
    resume(drafts);
    if (drafts.length) raiseSheet(); // what was begun on another screen would be out of sight on a phone
    keepWhenLeaving();
    startReading(surface);
  }
  const { connect } = await import("./live/connection.ts");
  connect(head);
}

/** A page's first formatter of times takes longer to make than its first threads to draw, so these do not wait for it. */
function drawTimes(render: Render): void {
  startClock();
  const place = document.getElementById("fw-status");
  if (place) render(<Status />, place);
}

/** A part that cannot be loaded is said, and the page goes on without it. */
async function quietly<T>(part: Promise<T>): Promise<T | null> {
  try {
    return await part;
  } catch (error) {
    toast(error instanceof Error ? error.message : t("Something could not be loaded."), { tone: "danger" });
    loaded.value = true;
    return null;
  }
}

function draw(render: Render, surface: Surface): void {
  const parts: [string, VNode][] = [
    ["fw-threads", <ThreadPanel surface={surface} />],
    ["fw-contents", <Contents surface={surface} />],
    ["fw-strip", <Strip surface={surface} />],
    ["fw-tools", <HelpButton />],
    [
      "fw-overlay",
      <>
        <SelectionBar surface={surface} />
        <CursorPad surface={surface} />
        <KeyMap surface={surface} />
        <SignInAgain />
        <QuestionOverlays surface={surface} />
        <RatingsDialog />
      </>,
    ],
  ];
  for (const [id, node] of parts) {
    const place = document.getElementById(id);
    if (place) render(node, place);
  }
}

function follow(surface: Surface): void {
  activateOn(surface);
  const choose = (thread: string) => {
    raiseSheet();
    activate(thread, { focus: true });
  };
  startPainting(surface, choose);
  watchSelection(surface);
  listenToKeys(surface);
  surface.onLayout(() => {
    layoutTick.value += 1;
  });
  surface.root.addEventListener("click", (event) => onClick(surface, event));
  addEventListener("pagehide", () => void tell());
}

/** A click on a painted passage opens its thread; the next click the next one there; elsewhere it closes. */
function onClick(surface: Surface, event: MouseEvent): void {
  if (!getSelection()?.isCollapsed || (event.target as Element).closest("a, button, [data-fw-skip]")) return;
  endCursor();
  const at = surface.offsetAt(event.clientX, event.clientY);
  const here = placed.value.filter(({ span }) => span && covers(surface, span, at, event));
  const index = here.findIndex(({ id }) => id === active.value);
  const next = here[(index + 1) % Math.max(1, here.length)];
  if (next) raiseSheet();
  activate(next?.id ?? null);
}

function covers(surface: Surface, span: Place, at: number | null, event: MouseEvent): boolean {
  if (!span.region) return at !== null && span.start <= at && at < span.end;
  const box = surface.place(span);
  return Boolean(
    box &&
      box.left <= event.clientX &&
      event.clientX <= box.right &&
      box.top <= event.clientY &&
      event.clientY <= box.bottom,
  );
}

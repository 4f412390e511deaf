/**
 * Keeps what is being written: in this browser (IndexedDB) at once, on the server a second after typing stops.
 * Where a frame forbids storage only the server has it, and the editor says so.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { ApiError, api } from "../../lib/api.ts";
import { ask } from "../../lib/dialog.ts";
import { nt, t } from "../../lib/messages.ts";
import { GOES_ELSEWHERE } from "../../lib/phone.ts";
import { info, own } from "../page-info.ts";
import { askToSignIn } from "../signed-out.ts";
import { change, type Editor, editors, put, revive } from "./editors.ts";

type Stored = Partial<Editor> & { key: string; assignment_id: string; account_id: string };
interface Drafts extends DBSchema {
  editors: { key: string; value: Stored };
}
type ServerDraft = { editors?: Record<string, Partial<Editor>> };

const DAYS_KEPT = 14;
const AFTER_TYPING_MS = 1000;

let database: Promise<IDBPDatabase<Drafts> | null> | undefined;
const browser = (): Promise<IDBPDatabase<Drafts> | null> => {
  database ??= openDB<Drafts>("foreword", 1, {
    upgrade: (db) => {
      db.createObjectStore("editors", { keyPath: "key" });
    },
  }).catch(() => null); // storage is blocked in this frame; the server keeps it
  return database;
};

/** Brings back what was not posted, from the server and from this browser; the newer words win. */
export async function restore(): Promise<Editor[]> {
  const [server, local] = await Promise.all([fromServer(), fromBrowser()]);
  const found = new Map<string, Editor>();
  for (const one of [...server, ...local]) {
    const known = found.get(one.key);
    if (!known || known.modified_at <= one.modified_at) found.set(one.key, one);
  }
  const revived = [...found.values()].filter((one) => !editors.value.has(one.key) && one.body.trim());
  for (const one of revived) put(one);
  return revived;
}

async function fromServer(): Promise<Editor[]> {
  try {
    const draft = await api<ServerDraft | undefined>(own("/draft"));
    return Object.entries(draft?.editors ?? {}).map(([key, kept]) => ({
      ...revive(key, kept),
      modified_at: kept.modified_at ?? kept.composed_at ?? "",
      kept: "server" as const,
    }));
  } catch (error) {
    if (error instanceof ApiError) return [];
    throw error;
  }
}

async function fromBrowser(): Promise<Editor[]> {
  const db = await browser();
  if (!db) return [];
  const all = await db.getAll("editors");
  const old = new Date(Date.now() - DAYS_KEPT * 86_400_000).toISOString();
  await Promise.all(
    all.filter((one) => (one.modified_at ?? "") < old).map((one) => db.delete("editors", one.key)),
  );
  return all
    .filter((one) => one.assignment_id === info.assignment.id && one.account_id === info.viewer.id)
    .map((one) => ({ ...revive(one.key, one), tried: one.tried ?? false, kept: "browser" as const }));
}

let timer = 0;

/** Called at each change by the writer. */
export async function keep(key: string): Promise<void> {
  clearTimeout(timer);
  timer = window.setTimeout(() => void keepOnServer(), AFTER_TYPING_MS);
  const editor = editors.value.get(key);
  const db = await browser();
  if (!editor || !db) return;
  try {
    await db.put("editors", { ...editor, assignment_id: info.assignment.id, account_id: info.viewer.id });
    mark([editor], "browser");
  } catch {
    // The disk is full: the text stays in the window, and the line below it says so.
    return;
  }
}

/** Forgets a text that was posted or thrown away. */
export async function letGo(key: string): Promise<void> {
  clearTimeout(timer);
  timer = window.setTimeout(() => void keepOnServer(), AFTER_TYPING_MS / 4);
  await (await browser())?.delete("editors", key);
}

export async function keepOnServer(): Promise<void> {
  clearTimeout(timer);
  const now = [...editors.value.values()].filter((one) => one.body.trim());
  try {
    const body = { editors: Object.fromEntries(now.map((one) => [one.key, entry(one)])) };
    await api(own("/draft"), { method: "PUT", body, retries: 0, keepalive: document.hidden });
    mark(now, "server");
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401) askToSignIn();
    else if (error.passing) timer = window.setTimeout(() => void keepOnServer(), 15_000);
  }
}

const entry = ({
  body,
  motivation,
  target,
  audience,
  anonymous,
  parent_id,
  annotation_id,
  mentions,
  composed_at,
}: Editor) => ({
  body,
  motivation,
  target,
  audience,
  anonymous,
  parent_id,
  annotation_id,
  mentions,
  composed_at,
});

/** Notes where texts are safe, unless they have changed in the meantime. */
function mark(saved: readonly Editor[], kept: Editor["kept"]): void {
  for (const one of saved) {
    const current = editors.value.get(one.key);
    if (current?.modified_at === one.modified_at && !(current.kept === "server" && kept === "browser"))
      change(one.key, { kept, kept_at: new Date().toISOString() });
  }
}

/** Forgets this person's texts in this browser, which somebody else may use next. */
async function wipeBrowser(): Promise<void> {
  const db = await browser();
  if (!db) return;
  const own = (await db.getAll("editors")).filter((one) => one.account_id === info.viewer.id);
  await Promise.all(own.map((one) => db.delete("editors", one.key)));
}

/** Signing out asks where a text would be lost, and leaves none of it in this browser. */
async function signOut(form: HTMLFormElement): Promise<void> {
  await keepOnServer();
  const lost = unsaved().length;
  const sentence = nt(
    "%(num)s text is not on the server yet and is deleted if you sign out now.",
    "%(num)s texts are not on the server yet and are deleted if you sign out now.",
    lost,
  );
  if (lost && !(await ask({ sentence, yes: t("Sign out anyway") }))) return;
  await wipeBrowser();
  editors.value = new Map();
  form.submit();
}

const unsaved = (): Editor[] =>
  [...editors.value.values()].filter((one) => one.body.trim() && one.kept !== "server");

/** What is only in this window is saved when the window goes. */
export function keepWhenLeaving(): void {
  document.querySelector("form[data-sign-out]")?.addEventListener("submit", (event) => {
    event.preventDefault();
    void signOut(event.target as HTMLFormElement);
  });
  document.addEventListener(GOES_ELSEWHERE, () => {
    if (unsaved().length) void keepOnServer();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && unsaved().length) void keepOnServer();
  });
  addEventListener("beforeunload", (event) => {
    const lost = [...editors.value.values()].some((one) => one.body.trim() && one.kept === "window");
    if (lost) event.preventDefault();
  });
}

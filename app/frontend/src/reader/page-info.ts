/** Who reads what: the facts that the page was opened with, and what follows from them. */
import { t } from "../lib/messages.ts";
import { pageData } from "../lib/page-data.ts";
import type { PageInfo } from "./types.ts";

export const info = pageData<PageInfo>("fw-page");

/** Path of this assignment in the API, e.g. `own("/annotations")`. */
export const own = (path: string): string => `/assignments/${info.assignment.id}${path}`;

/** “Ms Lee”, or a word for several. */
export const teacherName = (): string =>
  info.teachers.length === 1 && info.teachers[0] ? info.teachers[0] : t("the teachers");

/** May the viewer add anything here: an observer, a preview and a closed assignment only read. */
export const mayWrite = (): boolean => {
  const { role, staff, previewing, paused } = info.viewer;
  if (previewing || role === "observer") return false;
  return staff || (info.assignment.state === "assigned" && !paused);
};

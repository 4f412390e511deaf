/** How people are named on the page. */
import { t } from "../lib/messages.ts";
import { info } from "./page-info.ts";
import { isMine, roster } from "./state.ts";
import type { Annotation, Audience, Person } from "./types.ts";

/** `office` is the word for what staff are. */
export type Byline = { name: string; initials: string; hue: number; teacher: boolean; office: string };

/** Who wrote an annotation, as the viewer may know it. */
export function byline(one: Annotation): Byline {
  const person = one.creator ? roster.value.get(one.creator) : undefined;
  const role = isMine(one) ? info.viewer.role : (person?.role ?? "student");
  if (isMine(one))
    return { ...signOf(info.viewer.name, role), name: one.creator ? t("You") : t("You, without your name") };
  if (!one.creator)
    return { name: t("Somebody in class"), initials: "·", hue: 0, teacher: false, office: "" };
  return signOf(person?.name ?? t("Somebody who left"), role);
}

/** The same letters and colour as the server's avatars. */
function signOf(name: string, role: Person["role"]): Byline {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? "?";
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? "") : "";
  const byte = new TextEncoder().encode(first.toLowerCase())[0] ?? 63;
  const office = role === "teacher" ? t("Teacher") : role === "assistant" ? t("Assistant") : "";
  return {
    name,
    initials: (first + last).toUpperCase(),
    hue: ((name.length + byte) % 6) + 1,
    teacher: office !== "",
    office,
  };
}

/** Who reads something, in words; null where it is the usual audience. */
export function audienceWords(audience: Audience): string | null {
  const { staff, group } = info.viewer;
  if (audience === "self") return t("Only you");
  if (audience === "staff")
    return staff ? t("Only staff") : t("Only %(teacher)s and you", { teacher: staffName() });
  if (audience === "group") return group && !staff ? t("Your group: %(group)s", { group }) : t("One group");
  return null;
}

export const staffName = (): string =>
  info.teachers.length === 1 ? (info.teachers[0] ?? "") : t("your teachers");

export type AudienceChoice = { value: string; label: string; audience: Audience; anonymous: boolean };

/** Who may be chosen to read a new annotation. */
export function audienceChoices(): AudienceChoice[] {
  const { assignment, viewer } = info;
  const choice = (label: string, audience: Audience, anonymous = false): AudienceChoice => ({
    value: audience + (anonymous ? "-anonymous" : ""),
    label,
    audience,
    anonymous,
  });
  if (viewer.staff)
    return [choice(t("Class"), "class"), choice(t("Only staff"), "staff"), choice(t("Only me"), "self")];
  const [audience, word] = assignment.grouped
    ? (["group", viewer.group ? t("My group (%(group)s)", { group: viewer.group }) : t("My group")] as const)
    : (["class", t("Class")] as const);
  const teacher = staffName();
  const hidden = t("%(who)s, without my name (%(teacher)s sees it)", { who: word, teacher });
  return [
    choice(word, audience),
    ...(assignment.anonymity === "allowed" ? [choice(hidden, audience, true)] : []),
    choice(t("Only %(teacher)s", { teacher }), "staff"),
    choice(t("Only me"), "self"),
  ];
}

/** The second click of hiding and of telling the teacher: a reason, in words that its author can read. */
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../lib/messages.ts";
import { hide, report } from "../deeds.ts";
import { teacherName } from "../page-info.ts";
import type { Annotation } from "../types.ts";
import { asking } from "./asking.ts";

export function Reasons({ one }: { one: Annotation }) {
  const box = useRef<HTMLFieldSetElement>(null);
  const open = asking.value?.one.id === one.id ? asking.value : null;
  useEffect(() => {
    if (open) box.current?.querySelector("button")?.focus();
  }, [open]);
  if (!open) return null;
  const close = () => {
    asking.value = null;
  };
  const choose = (reason: string) => {
    close();
    void (open.what === "hide" ? hide(one, reason) : report(one, reason));
  };
  const reasons = [
    t("It hurts somebody"),
    t("It says something private"),
    t("It has nothing to do with this"),
    t("It gives the answer away"),
  ];
  return (
    <fieldset class="reasons" ref={box} onKeyDown={(event) => event.key === "Escape" && close()}>
      <legend>
        {open.what === "hide"
          ? t("Hide it from the class. Why? Its author reads this.")
          : t("Tell %(teacher)s. Your name is not shown. Why?", { teacher: teacherName() })}
      </legend>
      <div class="chips">
        {reasons.map((reason) => (
          <button class="chip" type="button" key={reason} onClick={() => choose(reason)}>
            {reason}
          </button>
        ))}
        <button class="button button-quiet button-small" type="button" onClick={close}>
          {t("Cancel")}
        </button>
      </div>
    </fieldset>
  );
}

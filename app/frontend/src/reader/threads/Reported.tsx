/** To staff: somebody in class told them about this annotation, and why. */
import { Icon } from "../../lib/icon.tsx";
import { t } from "../../lib/messages.ts";
import { leaveAsItIs, reported } from "../staff.ts";
import type { Annotation } from "../types.ts";
import { asking } from "./asking.ts";

export function Reported({ one }: { one: Annotation }) {
  const reasons = reported.value.get(one.id);
  if (!reasons) return null;
  const said = [...new Set(reasons)].filter(Boolean).join(" · ");
  return (
    <div class="reasons reported" role="note">
      <p>
        <Icon name="flag" size={16} /> {t("Somebody told you about this:")} {said || t("no reason given")}
      </p>
      <div class="chips">
        <button class="chip" type="button" onClick={() => ask(one)}>
          {t("Hide…")}
        </button>
        <button class="chip" type="button" onClick={() => void leaveAsItIs(one.id)}>
          {t("Leave it as it is")}
        </button>
      </div>
    </div>
  );
}

function ask(one: Annotation): void {
  asking.value = { one, what: "hide" };
}

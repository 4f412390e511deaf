/** The map of keys, and the help that the school wrote. */
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../lib/icon.tsx";
import { t } from "../../lib/messages.ts";
import { KEYS } from "../keys.ts";
import { info } from "../page-info.ts";
import type { Surface } from "../surface.ts";

export const mapOpen = signal(false);

export function HelpButton() {
  return (
    <button
      class="button button-icon keys-button"
      type="button"
      aria-label={t("Keys and help")}
      title={t("Keys and help (?)")}
      onClick={() => {
        mapOpen.value = true;
      }}
    >
      <Icon name="keyboard" />
    </button>
  );
}

export function KeyMap({ surface }: { surface: Surface }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = mapOpen.value;
  useEffect(() => {
    if (open) dialog.current?.showModal();
  }, [open]);
  if (!open) return null;
  return (
    <dialog
      class="dialog"
      ref={dialog}
      aria-labelledby="key-map-title"
      onClose={() => {
        mapOpen.value = false;
      }}
    >
      <div class="dialog-head">
        <h2 id="key-map-title">{t("Keys on this page")}</h2>
        <button
          class="button button-icon"
          type="button"
          aria-label={t("Close")}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="x" />
        </button>
      </div>
      <dl class="key-map">
        {KEYS.map(({ key, words }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words()}</dd>
          </div>
        ))}
        {surface.keys?.map(({ key, name, words }) => (
          <div key={key}>
            <dt>
              <kbd>{name ?? key}</kbd>
            </dt>
            <dd>{words()}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>Ctrl</kbd> <kbd>↵</kbd>
          </dt>
          <dd>{t("post what you are writing")}</dd>
        </div>
      </dl>
      <p class="soft small">{t("Single keys can be switched off under “Aa”.")}</p>
      {info.course.help && (
        <section class="school-help">
          <h3>{t("From your school")}</h3>
          <p class="plain">{info.course.help}</p>
        </section>
      )}
    </dialog>
  );
}

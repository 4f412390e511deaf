/** One step of the plan. */
import { Icon } from "../lib/icon.tsx";
import { t } from "../lib/messages.ts";
import { toast } from "../lib/toast.ts";
import { between } from "./Editor.tsx";
import { dragged, moveBy, onDragOver, onHandleKey } from "./moving.ts";
import { StepFields } from "./StepFields.tsx";
import { change, changeKind, changeStep, kinds, plan } from "./state.ts";
import type { Kind, Step } from "./types.ts";

type Props = { step: Step; place: number };

export function StepCard({ step, place }: Props) {
  const name = step.title || kinds[step.kind].name;
  return (
    <li
      class="plan-step"
      data-dragged={dragged.value === step.id ? "" : undefined}
      onDragOver={(event) => onDragOver(event, step)}
      onDrop={(event) => event.preventDefault()}
    >
      <div class="plan-step-head">
        <button
          class="button button-icon plan-handle"
          type="button"
          draggable
          aria-label={t("Move %(name)s: drag it, or use the arrow keys", { name })}
          onKeyDown={(event) => onHandleKey(event, step)}
          onDragStart={(event) => {
            dragged.value = step.id;
            event.dataTransfer?.setData("text/plain", name);
          }}
          onDragEnd={() => {
            dragged.value = null;
          }}
        >
          <Icon name="grip-vertical" />
        </button>
        <span class="plan-number" aria-hidden="true">
          {place + 1}
        </span>
        <select
          class="input plan-kind-choice"
          aria-label={t("Kind of step %(number)s", { number: place + 1 })}
          value={step.kind}
          onChange={(event) => changeKind(step, event.currentTarget.value as Kind)}
        >
          {(Object.keys(kinds) as Kind[]).map((kind) => (
            <option key={kind} value={kind}>
              {kinds[kind].name}
            </option>
          ))}
        </select>
        <label class="plan-minutes">
          <input
            class="input input-short"
            type="number"
            min={1}
            max={300}
            value={step.minutes}
            onChange={(event) =>
              changeStep(step.id, {
                minutes: between(event.currentTarget.valueAsNumber, 1, 300, step.minutes),
              })
            }
          />{" "}
          {t("min")}
        </label>
        <Deeds step={step} place={place} name={name} />
      </div>
      <Topics step={step} />
      {step.why_text && <p class="soft small plan-why">{step.why_text}</p>}
      <StepFields step={step} />
    </li>
  );
}

function Deeds({ step, place, name }: Props & { name: string }) {
  const last = plan.value.steps.length - 1;
  const deeds = [
    [
      "up",
      t("%(name)s up", { name }),
      <Icon key="i" name="chevron-up" />,
      place === 0,
      () => moveBy(step, -1),
    ],
    [
      "down",
      t("%(name)s down", { name }),
      <Icon key="i" name="chevron-down" />,
      place === last,
      () => moveBy(step, 1),
    ],
    [
      "gone",
      t("Remove %(name)s", { name }),
      <Icon key="i" name="trash-2" />,
      false,
      () => remove(step, place),
    ],
  ] as const;
  return (
    <div class="plan-step-deeds">
      {deeds.map(([key, label, icon, disabled, run]) => (
        <button
          key={key}
          class="button button-icon"
          type="button"
          aria-label={label}
          title={label}
          disabled={disabled}
          onClick={run}
        >
          {icon}
        </button>
      ))}
    </div>
  );
}

function remove(step: Step, place: number): void {
  change({ steps: plan.value.steps.filter((one) => one.id !== step.id) });
  const back = () => {
    const steps = plan.value.steps;
    change({ steps: [...steps.slice(0, place), step, ...steps.slice(place)] });
  };
  toast(t("The step is removed."), { action: { label: t("Undo"), run: back } });
}

function Topics({ step }: { step: Step }) {
  const shown = plan.value.topics.filter((topic) => step.topics.includes(topic.key));
  if (!shown.length) return null;
  return (
    <p class="chips plan-topics">
      {shown.map((topic) => (
        <span class="chip" data-tone="question" dir="auto" key={topic.key}>
          {topic.gone ? t("A topic that is no longer in the report") : topic.label}
        </span>
      ))}
    </p>
  );
}

/** An icon of the sprite. Write its name on the line of the word “icon”, so that the build finds it. */
type Props = { name: string; label?: string; size?: number };

let address: string | undefined;

/** The sprite's address is in the page already: every page's header holds an icon that the server drew. */
function sprite(): string {
  address ??= document.querySelector("svg.icon use")?.getAttribute("href")?.split("#")[0] ?? "";
  return address;
}

export function Icon({ name, label, size = 20 }: Props) {
  const drawing = <use href={`${sprite()}#${name}`} />;
  if (!label)
    return (
      <svg class="icon" width={size} height={size} aria-hidden="true">
        {drawing}
      </svg>
    );
  return (
    <svg class="icon" width={size} height={size} role="img" aria-label={label}>
      {drawing}
    </svg>
  );
}

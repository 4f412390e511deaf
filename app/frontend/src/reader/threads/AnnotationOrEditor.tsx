import type { ComponentChildren } from "preact";
import { EditorIn } from "../editing/Editor.tsx";
import { isChanging } from "../editing/editors.ts";
import type { Annotation } from "../types.ts";
import { AnnotationView } from "./AnnotationView.tsx";

/** An annotation, or the editor that changes it. */
export function AnnotationOrEditor({
  one,
  short,
  children,
}: {
  one: Annotation;
  short?: boolean;
  children?: ComponentChildren;
}) {
  return isChanging(one.id) ? (
    <EditorIn slot={`edit:${one.id}`} />
  ) : (
    <AnnotationView one={one} short={short ?? false}>
      {children}
    </AnnotationView>
  );
}

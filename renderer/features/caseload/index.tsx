// The face of this feature: what the window puts on the screen.
import { Page } from "../../ui/frame.tsx";

export function Caseload(_props: { readonly [key: string]: unknown }) {
  return <Page title="Caseload">{null}</Page>;
}

export function NewCase() {
  return <Page title="NewCase">{null}</Page>;
}

// The face of this feature: what the window puts on the screen.
import { Page } from "../../ui/frame.tsx";

export function TwoValues(_props: { readonly [key: string]: unknown }) {
  return <Page title="TwoValues">{null}</Page>;
}
export function Quarantine(_props: { readonly [key: string]: unknown }) {
  return <Page title="Quarantine">{null}</Page>;
}

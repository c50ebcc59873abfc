// The face of this feature: what the window puts on the screen.
import { Page } from "../../ui/frame.tsx";

export function ConsentTab(_props: { readonly [key: string]: unknown }) {
  return <Page title="ConsentTab">{null}</Page>;
}

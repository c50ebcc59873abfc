// The face of this feature: what the window puts on the screen.
import { Page } from "../../ui/frame.tsx";

export function Exchange() {
  return <Page title="Exchange">{null}</Page>;
}
export function Send(_props: { readonly [key: string]: unknown }) {
  return <Page title="Send">{null}</Page>;
}

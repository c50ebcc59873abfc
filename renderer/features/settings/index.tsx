// The face of this feature: what the window puts on the screen.
import { Page } from "../../ui/frame.tsx";

export function Settings(_props: { readonly [key: string]: unknown }) {
  return <Page title="Settings">{null}</Page>;
}

// The face of this feature: what the window puts on the screen while the vault is locked.
import { Page } from "../../ui/frame.tsx";

export function Door(_props: { readonly onOpen: () => void }) {
  return <Page title="Door">{null}</Page>;
}

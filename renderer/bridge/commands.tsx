// What can be done from anywhere: each screen names its commands and their keys; palette, shortcuts and the list behind `?` read them.
import {
  createContext,
  useCallback,
  useContext,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from "react";

export type Command = {
  readonly id: string;
  /** What it does, in the words of a button. */
  readonly label: string;
  /** `/`, `g t`, `F10`, `Mod+k`: a key, keys one after another, or with the platform's modifier. */
  readonly keys?: string;
  readonly group: string;
  readonly run: () => void;
};

type Book = {
  readonly commands: readonly Command[];
  readonly put: (owner: object, commands: readonly Command[]) => () => void;
};

const CommandBook = createContext<Book | undefined>(undefined);

export function Commands({ children }: { readonly children: ReactNode }) {
  const [owners, setOwners] = useState<ReadonlyMap<object, readonly Command[]>>(new Map());
  const commands = useMemo(() => [...owners.values()].flat(), [owners]);
  const put = useCallback<Book["put"]>((owner, mine) => {
    setOwners((before) => new Map(before).set(owner, mine));
    return () =>
      setOwners((before) => {
        const after = new Map(before);
        after.delete(owner);
        return after;
      });
  }, []);
  const book = useMemo<Book>(() => ({ commands, put }), [commands, put]);
  useShortcuts(commands);
  return <CommandBook value={book}>{children}</CommandBook>;
}

const useBook = (): Book => {
  const book = useContext(CommandBook);
  if (book === undefined) throw new Error("outside of Commands");
  return book;
};

export const useCommands = (): readonly Command[] => useBook().commands;

/** Offers commands while the caller is on the screen; the caller memoises the list. */
export function useOffer(commands: readonly Command[]): void {
  const { put } = useBook();
  const owner = useRef({});
  // Before it is seen: who sees a screen can press its keys.
  useLayoutEffect(() => put(owner.current, commands), [put, commands]);
}

/** Keys one after another must follow within this time, in milliseconds. */
const chordWithin = 1_200;

function useShortcuts(commands: readonly Command[]): void {
  const now = useRef(commands);
  useLayoutEffect(() => {
    now.current = commands;
  }, [commands]);
  useLayoutEffect(() => {
    let begun = "";
    let at = 0;
    const onKey = (event: KeyboardEvent) => {
      const pressed = nameOf(event);
      if (pressed === undefined) return;
      if (isTyping(event.target) && !/^(F\d+|Mod\+.+)$/.test(pressed)) return;
      const chord = begun !== "" && event.timeStamp - at < chordWithin ? `${begun} ${pressed}` : pressed;
      const found =
        now.current.findLast(({ keys }) => keys === chord) ??
        now.current.findLast(({ keys }) => keys === pressed);
      begun = now.current.some(({ keys }) => keys?.startsWith(`${pressed} `)) ? pressed : "";
      at = event.timeStamp;
      if (found === undefined) return;
      event.preventDefault();
      begun = "";
      found.run();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

/** `Mod+k` for Ctrl or the command key; plain keys as they are; modifiers alone are none. */
function nameOf(event: KeyboardEvent): string | undefined {
  if (event.altKey || ["Control", "Shift", "Meta", "Alt"].includes(event.key)) return undefined;
  return event.ctrlKey || event.metaKey ? `Mod+${event.key.toLowerCase()}` : event.key;
}

/** In an open list or menu letters look for an entry; the palette hands what is typed on to the entry it has found. */
const looking = "[role=menu], [role=dialog], [data-trigger], [data-letters]";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.closest(looking) !== null ||
    ((target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
      !(target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type))));

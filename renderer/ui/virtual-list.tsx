// A list of any length: only what is in sight is drawn; arrows, pages, Home and End move in it, Enter opens.
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
} from "react";
import styles from "./virtual-list.module.css";

/** A heading over rows, or a row by its place among all rows. */
export type Line =
  | { readonly kind: "heading"; readonly title: ReactNode; readonly end?: ReactNode }
  | { readonly kind: "row"; readonly row: number };

export type ListHandle = {
  /** Takes the focus, and moves by so many rows. */
  readonly move: (by: number) => void;
};

const headingSize = 40;

export function VirtualList({
  label,
  count,
  lineAt,
  lineOf,
  lines,
  rowSize,
  render,
  current,
  onOpen,
  onRange,
  onEscape,
  handle,
}: {
  readonly label: string;
  /** Rows, without headings. */
  readonly count: number;
  /** Rows and headings together. */
  readonly lines: number;
  readonly lineAt: (line: number) => Line;
  readonly lineOf: (row: number) => number;
  readonly rowSize: number;
  readonly render: (row: number) => ReactNode;
  /** The row that is open beside the list. */
  readonly current?: number | undefined;
  readonly onOpen: (row: number) => void;
  /** The first and last row in sight, told when they change. */
  readonly onRange: (first: number, last: number) => void;
  readonly onEscape?: () => void;
  readonly handle?: Ref<ListHandle>;
}) {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const [active, setActive] = useState<number>();
  // What it gives back changes in place: this component is drawn without memory, and nothing of it is handed on.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: lines,
    getScrollElement: () => box.current,
    estimateSize: (line) => (lineAt(line).kind === "heading" ? headingSize : rowSize),
    overscan: 8,
  });
  // Sizes are known and not measured: they are told anew where headings moved.
  useEffect(() => virtual.measure(), [virtual, lines, rowSize, lineAt]);
  const inSight = virtual.getVirtualItems();
  const first = inSight[0]?.index ?? 0;
  const last = inSight.at(-1)?.index ?? 0;
  useEffect(() => {
    const rows = [];
    for (let line = first; line <= last; line++) {
      const one = line < lines ? lineAt(line) : undefined;
      if (one?.kind === "row") rows.push(one.row);
    }
    onRange(rows[0] ?? 0, rows.at(-1) ?? 0);
  }, [first, last, lines, lineAt, onRange]);

  // What is open beside the list comes into sight once, when it becomes known where it stands.
  const shownFor = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (current === undefined || shownFor.current === current) return;
    shownFor.current = current;
    virtual.scrollToIndex(lineOf(current));
  }, [current, lineOf, virtual]);

  const from = active !== undefined && active < count ? active : undefined;
  const goTo = useCallback(
    (row: number) => {
      const to = Math.max(0, Math.min(count - 1, row));
      setActive(to);
      const line = lineOf(to);
      // The heading above the first row of a group comes into sight with it.
      virtual.scrollToIndex(line > 0 && lineAt(line - 1).kind === "heading" && line === 1 ? 0 : line);
    },
    [count, lineAt, lineOf, virtual],
  );
  const move = (by: number) => goTo(from === undefined ? (by > 0 ? (current ?? -1) + by : 0) : from + by);
  useImperativeHandle(handle, () => ({
    move: (by) => {
      box.current?.focus();
      if (count > 0) move(by);
    },
  }));
  const page = () => Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / rowSize) - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, () => void>> = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      PageDown: () => move(page()),
      PageUp: () => move(-page()),
      Home: () => goTo(0),
      End: () => goTo(count - 1),
      Enter: () => from !== undefined && onOpen(from),
      " ": () => from !== undefined && onOpen(from),
      Escape: () => onEscape?.(),
    };
    const step = steps[event.key];
    if (step === undefined || count === 0) return;
    event.preventDefault();
    step();
  };
  const onClick = (event: MouseEvent) => {
    const pressed = event.target instanceof Element ? event.target.closest("[data-row]") : null;
    if (pressed === null) return;
    const row = Number(pressed.getAttribute("data-row"));
    box.current?.focus();
    setActive(row);
    onOpen(row);
  };
  return (
    <div
      ref={box}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      className={styles["list"]}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onFocus={() => active === undefined && count > 0 && setActive(current ?? 0)}
      {...(from === undefined ? {} : { "aria-activedescendant": `${id}-${from}` })}
    >
      <div role="presentation" style={{ blockSize: virtual.getTotalSize(), position: "relative" }}>
        {inSight.map(({ index, start, size }) => {
          if (index >= lines) return null;
          const line = lineAt(index);
          const style = { insetBlockStart: start, blockSize: size };
          if (line.kind === "heading")
            return (
              <div key={`heading ${index}`} role="presentation" className={styles["heading"]} style={style}>
                <span>{line.title}</span>
                <span>{line.end}</span>
              </div>
            );
          const { row } = line;
          return (
            <div
              key={row}
              id={`${id}-${row}`}
              role="option"
              tabIndex={-1}
              data-row={row}
              aria-selected={row === current}
              aria-setsize={count}
              aria-posinset={row + 1}
              data-active={row === from ? "" : undefined}
              className={styles["row"]}
              style={style}
            >
              {render(row)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

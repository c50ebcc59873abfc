// Data on screens: questions to the core as queries that are asked again after every change, and actions with their state.
import {
  QueryClient,
  QueryClientProvider,
  keepPreviousData,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useCallback, useEffect, type ReactNode } from "react";
import type { Contract, MethodName } from "../../shared/ipc/contract.ts";
import type { Asked } from "../../shared/ipc/method.ts";
import { ask, listen, Refused, troubleOf, type Trouble, type Value } from "./bridge.ts";

/** Nothing is fetched over a network: never paused for being offline, never tried again by itself. */
const makeClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: { networkMode: "always", retry: false, refetchOnWindowFocus: false, staleTime: Infinity },
      // What was given to an action, passphrases and words among it, is not kept beyond the screen that gave it.
      mutations: { networkMode: "always", retry: false, gcTime: 0 },
    },
  });

/** Holds the cache of one unlocked time; it is gone with the page at lock. */
export function Data({ children }: { readonly children: ReactNode }) {
  return (
    <QueryClientProvider client={client}>
      <Refresh />
      {children}
    </QueryClientProvider>
  );
}
const client = makeClient();

/** What others changed is asked for again. */
function Refresh() {
  const queries = useQueryClient();
  useEffect(
    () =>
      listen((event) => {
        if (event.type === "cases.changed") void queries.invalidateQueries();
        // The page may outlive the lock by what is left to read; what it was told must not.
        if (event.type === "vault.locked") queries.clear();
      }),
    [queries],
  );
  return null;
}

/** How a question stands: its value, its failure, or neither yet. */
export type Asking<M extends MethodName> = {
  readonly value: Value<M> | undefined;
  readonly trouble: Trouble | undefined;
  /** `value` is the answer to the question before, kept until this one is answered. */
  readonly old: boolean;
  readonly again: () => void;
};

/** Asks and keeps the answer until something changes. `when: false` does not ask yet; `keep` shows the last answer while the next is awaited. */
export function useAsk<M extends MethodName>(
  method: M,
  input: Asked<Contract[M]>,
  { when = true, keep = false }: { readonly when?: boolean; readonly keep?: boolean } = {},
): Asking<M> {
  const query = useQuery<Value<M>, Error>({
    queryKey: [method, input],
    queryFn: () => ask(method, input),
    enabled: when,
    ...(keep ? { placeholderData: keepPreviousData as never } : {}),
  });
  return {
    value: query.data as Value<M> | undefined,
    trouble: query.error === null ? undefined : troubleOf(query.error),
    old: query.isPlaceholderData,
    again: () => void query.refetch(),
  };
}

/** The same question several times, as for the pages of a long list. */
export function useAskAll<M extends MethodName>(
  method: M,
  inputs: readonly Asked<Contract[M]>[],
): readonly (Value<M> | undefined)[] {
  return useQueries({
    queries: inputs.map((input) => ({
      queryKey: [method, input] as const,
      queryFn: () => ask(method, input),
    })),
  }).map(({ data }) => data as Value<M> | undefined);
}

export type Acting<M extends MethodName> = {
  /** Does it; the value, or `undefined` where it was refused (`trouble` then says why). */
  readonly act: (input: Asked<Contract[M]>) => Promise<Value<M> | undefined>;
  readonly busy: boolean;
  readonly trouble: Trouble | undefined;
  readonly forget: () => void;
};

/** Something that changes the vault: everything shown is asked for again once it is done. */
export function useAct<M extends MethodName>(method: M): Acting<M> {
  const queries = useQueryClient();
  const mutation = useMutation<Value<M>, Error, Asked<Contract[M]>>({
    mutationFn: (input) => ask(method, input),
    onSettled: () => queries.invalidateQueries(),
  });
  return {
    act: (input) =>
      mutation.mutateAsync(input).catch((error: unknown) => {
        if (error instanceof Refused) return undefined;
        throw error;
      }),
    busy: mutation.isPending,
    trouble: mutation.error === null ? undefined : troubleOf(mutation.error),
    forget: mutation.reset,
  };
}

/** Asks everything shown again, after something was done past `useAct`. */
export function useRefresh(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries();
}

/** Makes sure that the answers of one question are asked for anew, on the screen now and where they are shown next. */
export function useForget(method: MethodName): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    queries.removeQueries({ queryKey: [method], type: "inactive" });
    void queries.invalidateQueries({ queryKey: [method] });
  }, [queries, method]);
}

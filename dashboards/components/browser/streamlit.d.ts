// What Streamlit (components v2) hands to a module's default export: anew whenever there are new data for it.

export interface Component<Data> {
  data: Data;
  parentElement: HTMLElement;
  /** Tell the server that something happened, once. */
  setTriggerValue: Send;
  /** Tell the server what holds from now on. */
  setStateValue: Send;
}

export type Send = (name: string, value: unknown) => void;

// A figure as `dashboards.figures` makes it: as much of Plotly's JSON as is read here. Times are epoch milliseconds.

export type Labels = Record<string, string>;
export type Range = [low: number, high: number];

export interface Figure {
  data: Trace[];
  layout: Layout;
}

/** A bar's and a heatmap's values are not read as a series. */
export interface Trace {
  type?: string;
  x?: number[];
  x0?: number;
  dx?: number;
  y?: (number | null)[];
  z?: (number | null)[][];
  yaxis?: string;
  stackgroup?: string;
  line?: {color?: string};
  meta?: TraceMeta;
}

/** Of a line its name, its labels and how far apart its samples may be; of a heatmap its rows and their step; of states their runs. */
export interface TraceMeta {
  name?: string;
  labels?: Labels;
  quiet?: boolean;
  gap?: number;
  unit?: string;
  rows?: string[];
  step?: number;
  runs?: Run[];
}

/** From its start to its end a row of states was this; what is usual is quiet. */
export interface Run {
  start: number;
  end: number;
  word: string;
  colour: string;
  quiet: boolean;
}

export interface Axis {
  range: Range;
  domain?: Range;
  tickvals?: number[];
  ticktext?: string[];
}

/** Axes are called `yaxis`, `yaxis2` and so on; the panels `y`, `y2`. */
export interface Layout {
  [axis: `yaxis${string}`]: Axis;
  xaxis?: object;
  height: number;
  margin: {l: number; r: number; t: number; b: number};
  meta: LayoutMeta;
}

export interface LayoutMeta {
  home: Range;
  unit: string;
  panels?: Record<string, string>;
  references: {panel: string; value: number; text: string}[];
  key?: {text: string; colour: string}[];
  left_out?: string;
}

/** As much of Plotly's own script as is called. */
export interface Plotly {
  react(node: HTMLElement, data: Trace[], layout: object, config: object): Promise<unknown>;
  purge(node: HTMLElement): void;
}

declare global {
  interface Window {
    Plotly?: Plotly;
    morningVistasPlotly?: Promise<Plotly>;
  }
}

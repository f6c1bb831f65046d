// What our editor is made of that others wrote: CodeMirror, and Prometheus' own mode for it. `scripts/bundle-javascript`
// makes codemirror.js of it, which is the file that browsers are given.

export {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
  completionStatus,
} from '@codemirror/autocomplete';
export {defaultKeymap, history, historyKeymap} from '@codemirror/commands';
export {bracketMatching, HighlightStyle, syntaxHighlighting, syntaxTree} from '@codemirror/language';
export {EditorState, Prec} from '@codemirror/state';
export {drawSelection, EditorView, keymap, placeholder} from '@codemirror/view';
export {tags} from '@lezer/highlight';
export {PromQLExtension} from '@prometheus-io/codemirror-promql';
export {HybridComplete} from '@prometheus-io/codemirror-promql/dist/esm/complete/hybrid.js';
export {EqlRegex, EqlSingle, Neq, NeqRegex} from '@prometheus-io/lezer-promql';

// The editor in the colours of the page, which are custom properties and follow light and dark by themselves.

import {EditorView, HighlightStyle, syntaxHighlighting, tags} from './codemirror.js';

const MONO = 'var(--st-code-font, ui-monospace, monospace)';
const SOFT = 'var(--soft)';

const frame = EditorView.theme({
  '&': {color: 'var(--ink)', backgroundColor: 'transparent', fontSize: '14.5px'},
  '&.cm-focused': {outline: 'none'},
  '.cm-scroller': {fontFamily: MONO, lineHeight: '1.65'},
  '.cm-content': {padding: '0', caretColor: 'var(--accent)', minHeight: '1.65em'},
  '.cm-line': {padding: '0'},
  '.cm-cursor': {borderLeftColor: 'var(--accent)', borderLeftWidth: '2px'},
  '.cm-placeholder': {color: SOFT},
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--glow)',
  },
  '&.cm-focused .cm-matchingBracket': {backgroundColor: 'var(--glow)', color: 'inherit', outline: 'none'},
  '&.cm-focused .cm-nonmatchingBracket': {backgroundColor: 'transparent', color: 'var(--red)'},
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline dotted 1.5px var(--red)',
    textUnderlineOffset: '3px',
  },
  '.cm-tooltip': {
    border: '1px solid var(--line)',
    borderRadius: '.7rem',
    backgroundColor: 'var(--lift)',
    color: 'var(--ink)',
    boxShadow: '0 18px 44px -16px rgb(0 0 0/.38), 0 2px 8px -3px rgb(0 0 0/.14)',
    zIndex: '900',
  },
  '.cm-tooltip-lint': {padding: '.2rem .5rem'},
  '.cm-diagnostic': {borderLeftColor: 'var(--red)', fontFamily: 'var(--st-font)', fontSize: '.875rem'},
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: MONO,
    fontSize: '13.5px',
    maxHeight: 'none',
    maxWidth: 'min(34rem, 92vw)',
    minWidth: '15.5rem',
    padding: '.35rem',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    gap: '.8rem',
    padding: '.22rem .6rem',
    borderRadius: '.4rem',
    lineHeight: '1.5',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--glow)',
    color: 'var(--link)',
  },
  '.cm-completionLabel': {flex: '1', overflow: 'hidden', textOverflow: 'ellipsis'},
  '.cm-completionMatchedText': {textDecoration: 'none', fontWeight: '700'},
  '.cm-completionDetail': {
    color: SOFT,
    fontFamily: 'var(--st-font)',
    fontSize: '12.5px',
    fontStyle: 'normal',
    marginLeft: '0',
  },
  'li[aria-selected] .cm-completionDetail': {color: 'inherit'},
  '.cm-completionIcon': {display: 'none'},
  '.cm-tooltip.cm-completionInfo': {
    fontFamily: 'var(--st-font)',
    fontSize: '.875rem',
    lineHeight: '1.5',
    maxWidth: 'min(20rem, 80vw)',
    padding: '.7rem .95rem',
    overflowWrap: 'anywhere',
  },
  '.cm-completionInfo p': {margin: '0'},
});

const letters = HighlightStyle.define([
  {tag: [tags.function(tags.variableName), tags.keyword, tags.special(tags.variableName)], class: 'mv-fn'},
  {tag: [tags.operatorKeyword, tags.modifier, tags.operator], class: 'mv-kw'},
  {tag: [tags.string, tags.special(tags.string)], class: 'mv-str'},
  {tag: tags.comment, class: 'mv-comment'},
]);

export const dress = [frame, syntaxHighlighting(letters)];

// The types of codemirror.js, which is made of this.

export * from './codemirror.source.js';

/** A shape of the API some of whose fields the console can do without. */
export type MayLack<Shape, Field extends keyof Shape> = Omit<Shape, Field> & Partial<Pick<Shape, Field>>;

/** A shape of the API some of whose fields are always there where the console reads it. */
export type Has<Shape, Field extends keyof Shape> = Shape & Required<Pick<Shape, Field>>;

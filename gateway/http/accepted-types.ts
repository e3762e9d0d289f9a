const MOST = 100
const LONGEST = 200

/** In which type Apollo Server answers to each value of `accept`, learned from the answers it has given. */
export class AcceptedTypes {
  private readonly types = new Map<string, string>()

  note(accept: string | undefined, type: string | undefined): void {
    const key = accept ?? ''
    if (type !== undefined && key.length <= LONGEST && this.types.size < MOST) this.types.set(key, type)
  }

  of(accept: string | undefined): string | undefined {
    return this.types.get(accept ?? '')
  }
}

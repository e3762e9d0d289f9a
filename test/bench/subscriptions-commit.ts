export async function measureCommit(_events: number): Promise<void> {}

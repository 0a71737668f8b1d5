export async function* onePiece(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

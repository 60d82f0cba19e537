export interface PersonParams {
  userId: string;
}

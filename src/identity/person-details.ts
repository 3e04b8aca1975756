/** The details that administrators know and change. */
export interface PersonDetails {
  name: string;
  nameKana: string;
  department: string;
  phone: string;
}

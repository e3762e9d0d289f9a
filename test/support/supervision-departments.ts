export interface TestDepartment {
  readonly code: string
  readonly parent: string | null
  readonly type: string
  readonly name: string
}

/** A small tree: two bureaus, the hotline office, a district with a subdistrict. */
export const departmentCodes: readonly TestDepartment[] = [
  { code: 'JN-GOV', parent: null, type: 'CITY_GOVERNMENT', name: '济南市人民政府' },
  { code: 'JN-HOTLINE', parent: 'JN-GOV', type: 'HOTLINE_OFFICE', name: '12345热线' },
  { code: 'JN-SWJ', parent: 'JN-GOV', type: 'MUNICIPAL_BUREAU', name: '济南市水务局' },
  { code: 'JN-CGJ', parent: 'JN-GOV', type: 'MUNICIPAL_BUREAU', name: '济南市城市管理局' },
  { code: 'JN-D-LX', parent: 'JN-GOV', type: 'DISTRICT', name: '历下区人民政府' },
  { code: 'JN-D-LX-DM', parent: 'JN-D-LX', type: 'SUBDISTRICT', name: '大明湖街道办事处' },
]

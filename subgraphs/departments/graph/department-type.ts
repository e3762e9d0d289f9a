import { builder } from './builder.ts'

/** Kinds of organisation. */
export const DepartmentType = builder.enumType('DepartmentType', {
  description: 'Kinds of organisation (R35-R37). 单位类型',
  values: {
    CITY_GOVERNMENT: { description: 'The city’s people’s government. 市人民政府' },
    CITY_OFFICE: { description: 'The general office of the city government. 市政府办公厅' },
    HOTLINE_OFFICE: { description: 'The office that runs the hotline. 热线工作机构' },
    MUNICIPAL_BUREAU: { description: 'A department of the city government. 市级部门' },
    VERTICAL_AGENCY: { description: 'An agency led from above the city. 垂直管理单位' },
    PUBLIC_INSTITUTION: { description: 'A public institution. 事业单位' },
    PEOPLE_ORGANISATION: { description: 'A people’s organisation. 群团组织' },
    SUPERVISION_BODY: {
      description: 'Discipline inspection and supervision; takes no dispatch. 纪检监察机关',
    },
    PUBLIC_ENTERPRISE: {
      description: 'An enterprise of public services: water, heat, gas, power, buses. 公共服务企业',
    },
    DISTRICT_GOVERNMENT: { description: 'The government of a district. 区人民政府' },
    COUNTY_GOVERNMENT: { description: 'The government of a county. 县人民政府' },
    FUNCTIONAL_ZONE: { description: 'The committee of a development or special zone. 功能区管委会' },
    SUBDISTRICT: { description: 'A subdistrict office or town. 街道办事处、镇' },
  } as const,
})

/** Levels of government. */
export const DepartmentLevel = builder.enumType('DepartmentLevel', {
  description: 'Level of government (R35). 层级',
  values: {
    CITY: { description: 'The city. 市级' },
    DISTRICT: { description: 'A district or zone. 区级' },
    COUNTY: { description: 'A county. 县级' },
    SUBDISTRICT: { description: 'A subdistrict or town. 街镇级' },
  } as const,
})

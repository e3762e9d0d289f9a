import { describe, expect, it } from 'vitest'
import { complainedOf } from '@hub/departments/domain/complained-of.ts'
import { groundOf } from '@hub/departments/domain/place.ts'
import { askedFor } from '@hub/departments/domain/question.ts'
import { suggestDepartments } from '@hub/departments/domain/suggest.ts'
import { loadSample } from '@hub/departments/sample/load.ts'

const knowledge = loadSample()
const suggest = (content: string, district: string | null = '历下区', title = '') =>
  suggestDepartments(knowledge, { title, content, district }, 3)
const codes = (content: string, district?: string | null): string[] =>
  suggest(content, district).map(({ department }) => department)

describe('the units suggested for a matter', () => {
  it.each([
    ['小区暖气片冰凉,屋里只有十三度', 'JN-U-HEAT'],
    ['厨房有很浓的煤气味,阀门关不上', 'JN-U-GAS'],
    ['单位三个月没给发工资了,老板躲着不见', 'JN-RSJ'],
    ['电梯运行时有异响,检验标志过期了', 'JN-SCJ'],
    ['老师周末在家里有偿补课,每人每次两百', 'JN-JYJ'],
    ['路口红绿灯左转时间太短,车过不去', 'JN-JJZD'],
    ['外卖里吃出一只蟑螂,店家不承认', 'JN-SCJ'],
    ['树枝长得太高挡住了三楼采光,请修剪', 'JN-YLJ'],
  ])('%s → %s first (R35)', (content, code) => {
    expect(codes(content)[0]).toBe(code)
  })

  it('are several where the matter needs them, the lead first (R54)', () => {
    expect(codes('地铁施工围挡占了机动车道,每天堵得厉害').slice(0, 2)).toEqual(['JN-U-METRO', 'JN-JJZD'])
    expect(codes('小区物业乱收费,保洁也没人做', '槐荫区').slice(0, 2)).toEqual(['JN-D-HY', 'JN-ZJJ'])
  })

  it('are those of calls that were like it where no word of the lexicon tells it, and the reason shows one (R35)', () => {
    const found = suggest('荷塘边有小孩滑进去了,只露着头,水边够不着')
    expect(found[0]?.department).toBe('JN-XFZD')
    expect(found.map(({ department }) => department)).toContain('JN-GAJ')
    const example = found.find(({ because }) => because.includes('与同类诉求相近'))
    expect(example?.because).toMatch(/\(例:“.+”\)/)
  })

  it('are those who help in an emergency, whatever place it happens at', () => {
    expect(codes('停车场里有人拿刀追着人砍,物业保安拦不住')[0]).toBe('JN-GAJ')
  })

  it('are the hotline itself when a report is taken back', () => {
    expect(codes('刚才报的有人落水是看错了,其实没事,不用派人来了')[0]).toBe('JN-HOTLINE')
  })

  it('come with the clause of the catalogue by number and the words that told it (R35)', () => {
    const [first] = suggest('电梯运行时有异响,检验标志过期了')
    expect(first?.because).toMatch(/^济南市市场监督管理局职责目录第5条“特种设备电梯”;诉求中写到“.*电梯/)
    expect(first?.score).toBeGreaterThan(0.5)
  })

  it('begin with the hotline when only the rules are asked for (R1 R45)', () => {
    expect(codes('请问八十岁老人的高龄津贴怎么申请,需要什么材料?')[0]).toBe('JN-HOTLINE')
    expect(codes('高龄津贴已经停发半年了,要求补发,多次反映没人管')[0]).toBe('JN-MZJ')
  })

  it('are never units that take no dispatch, nor the one complained of (R97)', () => {
    expect(codes('举报某干部贪污受贿')).not.toContain('JN-JW')
    const found = codes('投诉姚家街道办事处工作人员态度恶劣,办低保推诿')
    expect(found).not.toContain('JN-S-LX-YJ')
    expect(found[0]).toBe('JN-D-LX')
  })

  it('are the district when nothing tells the matter, and nobody when there is no ground either', () => {
    expect(codes('那个事情还是老样子', '商河县')).toEqual(['JN-D-SH'])
    expect(codes('那个事情还是老样子', null)).toEqual([])
  })

  it('are the same for full-width, spaced and unseen characters', () => {
    expect(codes('暖\u200b气\u200b不热')).toEqual(codes('暖气不热'))
  })

  it('stay within bounds on a very long text', () => {
    const started = performance.now()
    expect(codes('暖气不热。'.repeat(4000))[0]).toBe('JN-U-HEAT')
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe('the ground of a case', () => {
  const ground = (text: string, given: string | null) =>
    groundOf(text, given, knowledge.units, knowledge.places)

  it.each([
    ['楼道里堆满杂物', '历下区', 'JN-D-LX'],
    ['标题选的市中区,其实在天桥区', '市中区', 'JN-D-TQ'],
    ['洪家楼街道花园路', null, 'JN-D-LC'],
    ['泉城广场旁边', null, 'JN-D-LX'],
    ['不知道在哪里', null, null],
    ['从历下区到槐荫区的公交', '历下区', 'JN-D-LX'],
    ['舜华路这边', '高新区', 'JN-Z-GX'],
  ])('%s on the form %s → %s (R35)', (text, given, district) => {
    expect(ground(text, given).district).toBe(district)
  })

  it('knows the subdistrict that is named', () => {
    expect(ground('姚家街道某小区', '历下区').subdistrict).toBe('JN-S-LX-YJ')
  })
})

describe('what only asks for the rules', () => {
  it.each([
    ['请问退休年龄怎么计算?', 'service', true],
    ['咨询居住证需要什么材料', 'service', true],
    ['要求尽快给我办证,多次反映不管', 'service', false],
    ['房产证办理进度,几百户到现在还没办下来', 'service', false],
    ['请问装修几点到几点不能施工,有什么规定?', 'trouble', true],
    ['楼上漏水把天花板泡了,请尽快处理', 'trouble', false],
  ] as const)('%s (%s): %s (R1)', (text, kind, asks) => {
    expect(askedFor(text, kind) !== null).toBe(asks)
  })
})

describe('an organ complained of', () => {
  it('is the one whose own people are meant, not one that is only named (R97)', () => {
    expect(complainedOf('政务大厅窗口工作人员态度差', knowledge.units)).toEqual([])
    expect(complainedOf('市税务局窗口工作人员态度差,故意刁难', knowledge.units)).toContain('JN-SHUI')
    expect(complainedOf('请市教育局查一查老师态度', knowledge.units)).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { redact, redactForPublic } from '@hub/cases/domain/redact.ts'

describe('redacted text', () => {
  it.each([
    ['身份证370102199001011234。', '身份证[身份证号]。'],
    ['身份证37010219900101123X和370102199001011234', '身份证[身份证号]和[身份证号]'],
    ['370102 19900101 123x', '[身份证号]'],
    ['旧证370102900101123', '旧证[身份证号]'],
    ['护照E12345678', '护照[证件号]'],
    ['电话13800138000,备用13900139000', '电话[电话],备用[电话]'],
    ['13800138000 13900139000 13700137000', '[电话] [电话] [电话]'],
    ['１３９－００１３－９０００', '[电话]'],
    ['1 3 8 0 0 1 3 8 0 0 0', '[电话]'],
    ['138\u200b0013\u200b8000', '[电话]'],
    ['①③⑧00138000', '[电话]'],
    ['一三八零零一三八零零零', '[电话]'],
    ['+86 138-0013-8000', '[电话]'],
    ['0531-88888888转801、(010)6588 0000', '[电话]、[电话]'],
    ['家里电话86668888', '家里电话[电话]'],
    ['卡号6222 0212 3456 7890 123', '卡号[银行卡号]'],
    ['6222021234567890123、6222-0212-3456-7890', '[银行卡号]、[银行卡号]'],
    ['邮箱 a.b+c@qq.com', '邮箱 [邮箱]'],
    ['微信号:abc_12345', '微信号:[账号]'],
    ['枫汇山庄小区3号楼2单元501室', '枫汇山庄小区[住址]'],
    ['三号楼二单元五零一室', '[住址]'],
    ['解放路128号3号楼2单元501', '解放路[住址]'],
    ['3-2-501和5号楼1201', '[住址]和[住址]'],
    ['２号楼１单元３０１室', '[住址]'],
  ])('%s reads %s', (text, expected) => expect(redact(text)).toBe(expected))

  it.each([
    '枫汇山庄3号楼电梯坏了,十二单元也停了',
    '四百二十户,一室一厅,教室',
    '2026-11-23 14:30 工单JN-20261123-000123',
    '2024-2026年,20261123',
    '拨打12345、110,欠薪50000000元',
    '公交K51路,经七纬二路12号',
    '暖气十六度,48小时内来,两千多户',
    'My community 里的 property management 😡😡',
  ])('leaves %s as it is', (text) => {
    expect(redact(text)).toBe(text)
    expect(redactForPublic(text)).toBe(text)
  })

  it('hides every hit, not only the first', () => {
    const many = Array.from(
      { length: 50 },
      (_, index) => `第${index}个13800138${String(index).padStart(3, '0')}`,
    )
    expect(redact(many.join(','))).not.toMatch(/1380/)
  })

  it('hides what is known of the caller wherever it stands', () => {
    expect(redact('刘勇反映,联系刘 勇或刘勇', ['刘勇'])).toBe('[来电人]反映,联系刘 勇或[来电人]')
    expect(redact('a.c abc', ['a.c', ''])).toBe('[来电人] abc')
  })

  it('keeps plates for the unit and hides them, and names, from the public', () => {
    expect(redact('鲁A12345拒载')).toBe('鲁A12345拒载')
    expect(redactForPublic('鲁A12345和鲁AD12345拒载,我叫张三')).toBe('[车牌号]和[车牌号]拒载,我叫[姓名]')
  })

  it('takes no long time over any text', () => {
    const began = performance.now()
    for (const piece of ['1 ', '1-', 'a.', '0', '3号楼', '电话 ', 'A1', '一', '(', '微信:'])
      redactForPublic(piece.repeat(20_000 / piece.length))
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})

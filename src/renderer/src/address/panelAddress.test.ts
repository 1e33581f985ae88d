import { describe, expect, it } from 'vitest'
import { roomFromLocation, rootUrl } from './panelAddress.ts'

const page = (href: string) => {
  const { protocol, pathname, hash } = new URL(href)
  return { protocol, pathname, hash }
}

describe('room of an address', () => {
  it.each([
    ['http://host:8080/', null],
    ['http://host:8080/index.html', null],
    ['http://host:8080/rooms/west-lake', 'west-lake'],
    ['http://host:8080/rooms/west-lake/', 'west-lake'],
    ['https://proxy/doorplate/rooms/west-lake?gallery', 'west-lake'],
    ['http://host/#/rooms/west-lake', 'west-lake'],
    ['http://host/rooms/a#/rooms/b', 'a'],
    ['http://host/rooms/', null],
    ['http://host/rooms/a/b', null],
    ['http://host/rooms/%E8%A5%BF%E6%B9%96', '西湖'],
    ['http://host/rooms/%E8', null],
    ['app://doorplate/index.html#/rooms/west-lake', 'west-lake'],
    ['app://doorplate/rooms/other#/rooms/west-lake', 'west-lake'],
    ['app://doorplate/index.html', null],
  ])('%s asks for %s', (href, room) => {
    expect(roomFromLocation(page(href))).toBe(room)
  })
})

describe('root of the application', () => {
  it.each([
    ['http://host:8080/', 'http://host:8080/'],
    ['http://host:8080/index.html?x=1', 'http://host:8080/'],
    ['http://host:8080/rooms/west-lake', 'http://host:8080/'],
    ['http://host:8080/rooms/west-lake/', 'http://host:8080/'],
    ['https://proxy/doorplate/', 'https://proxy/doorplate/'],
    ['https://proxy/doorplate/rooms/west-lake#x', 'https://proxy/doorplate/'],
  ])('of %s is %s', (href, root) => {
    expect(rootUrl(href)).toBe(root)
  })
})

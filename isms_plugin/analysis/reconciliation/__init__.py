"""Registers held against exports of the real world."""

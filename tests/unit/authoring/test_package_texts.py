"""Texts of the package by the paths that they have in a repository."""

from __future__ import annotations

from isms_plugin.authoring.package_texts import package_texts


def test_both_languages_have_the_same_files() -> None:
    assert list(package_texts("start/en")) == list(package_texts("start/de"))
    assert "policies/scope.md" in package_texts("start/en")


def test_what_is_hidden_in_a_repository_is_not_in_the_package() -> None:
    assert list(package_texts("start/common")) == [".gitignore", "mkdocs.yml"]
    assert list(package_texts("pipelines/gitlab")) == [".gitlab-ci.yml", ".gitlab/isms.gitlab-ci.yml"]

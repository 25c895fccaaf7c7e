DROP TABLE platform_sidebars;

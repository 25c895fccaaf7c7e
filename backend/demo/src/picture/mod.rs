//! Draws the pictures of the demo shops: small still lifes, lit and photographed in software.

pub mod backdrop;
pub mod bicycles;
pub mod camera;
pub mod candles;
pub mod ceramics;
pub mod foliage;
pub mod light;
pub mod logos;
pub mod math;
pub mod mesh;
pub mod props;
pub mod raster;
pub mod scene;
pub mod shade;
pub mod solids;
pub mod stationery;
pub mod tea;
pub mod texture;
pub mod tone;

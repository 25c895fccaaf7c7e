mod invitations;
mod jobs;
mod menus;
mod modules;
mod people;
mod platforms;
mod stores;

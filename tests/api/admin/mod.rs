mod invitations;
mod jobs;
mod modules;
mod people;
mod platforms;
mod stores;

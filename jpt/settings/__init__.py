"""Every setting of jpt: what there is (`groups`), where it comes from (`sources`, `home`), its description."""

from jpt.settings.children import environment as environment
from jpt.settings.children import is_secret as is_secret
from jpt.settings.children import needed as needed
from jpt.settings.children import without_secrets as without_secrets
from jpt.settings.documents import as_written as as_written
from jpt.settings.documents import documented as documented
from jpt.settings.documents import example as example
from jpt.settings.home import databases as databases
from jpt.settings.home import env_files as env_files
from jpt.settings.home import home as home
from jpt.settings.home import home_for_new_files as home_for_new_files
from jpt.settings.home import is_example as is_example
from jpt.settings.home import list_to_edit as list_to_edit
from jpt.settings.home import list_to_read as list_to_read
from jpt.settings.home import make_home_here as make_home_here
from jpt.settings.settings import Settings as Settings
from jpt.settings.sources import config_home as config_home
from jpt.settings.sources import known_names as known_names
from jpt.settings.sources import load as load
from jpt.settings.sources import redirect_temp as redirect_temp
from jpt.settings.sources import secret_values as secret_values
from jpt.settings.sources import service_manager as service_manager
from jpt.settings.sources import store_values as store_values
from jpt.settings.sources import use_timezone as use_timezone

"""`jpt doctor`: checks everything that jpt needs, and says what to do next."""

from jpt.doctor.checks import examined as examined
from jpt.doctor.diagnosis import Diagnosis as Diagnosis

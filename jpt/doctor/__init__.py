"""`jpt doctor`: looks at all that jpt needs, and says for each what to do next."""

from jpt.doctor.checks import examined as examined
from jpt.doctor.diagnosis import Diagnosis as Diagnosis

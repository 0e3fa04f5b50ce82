"""When somebody must look, before citizens notice. All go to the alert topic.

docs/operations.md says what to do at each.
"""

from dataclasses import dataclass

from chalicelib.jobs.jobs import LANES, Lane
from infra.template.words import FUNCTIONS, NOTICES_DEAD, Described, dead_queue, queue, ref

MINUTE = 60

OLDEST: dict[Lane, int] = {
    "direct": 60,
    "deliver": 120,
    "listening": 900,
    "poll": 900,
    "media": 300,
}
"""Seconds that the oldest job of a lane may wait."""

LIFE_AT_RISK = 30
"""Seconds from the platform's delivery to the queue, for a message about life at risk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A metric that went over a bound. ``about`` names the thing, as its dimensions do."""

    what: str
    namespace: str
    metric: str
    about: Described
    above: float = 0
    statistic: str = "Sum"
    periods: int = 1
    period: int = MINUTE

    def described(self) -> Described:
        """As CloudFormation has it. No data is good news: nothing failed."""
        dimensions = [{"Name": name, "Value": value} for name, value in self.about.items()]
        statistic = "ExtendedStatistic" if self.statistic.startswith("p") else "Statistic"
        properties = {
            "AlarmDescription": f"{self.what}. Zie docs/operations.md",
            "Namespace": self.namespace,
            "MetricName": self.metric,
            "Dimensions": dimensions,
            statistic: self.statistic,
            "Period": self.period,
            "EvaluationPeriods": self.periods,
            "ComparisonOperator": "GreaterThanThreshold",
            "Threshold": self.above,
            "TreatMissingData": "notBreaching",
            "AlarmActions": [ref("AlertTopic")],
            "OKActions": [ref("AlertTopic")],
        }
        return {"Type": "AWS::CloudWatch::Alarm", "Properties": properties}


def alarms() -> Described:
    """Every alarm, by logical name."""
    found = {
        **{f"{dead_queue(lane)}Alarm": dead_letters(lane, dead_queue(lane)) for lane in LANES},
        f"{NOTICES_DEAD}Alarm": dead_letters("post en sms", NOTICES_DEAD),
        **{f"{queue(lane)}Alarm": waits_too_long(lane) for lane in LANES},
        **{f"{name}ErrorsAlarm": failures(name) for name in FUNCTIONS},
        **{f"{name}ThrottlesAlarm": throttles(name) for name in FUNCTIONS},
        "TableReadThrottlesAlarm": throttled_table("ReadThrottleEvents"),
        "TableWriteThrottlesAlarm": throttled_table("WriteThrottleEvents"),
        "APIFailuresAlarm": failed_answers(),
        "LifeAtRiskAlarm": life_at_risk(),
    }
    return {name: alarm.described() for name, alarm in found.items()}


def dead_letters(of: str, name: str) -> Alarm:
    about = {"QueueName": {"Fn::GetAtt": [name, "QueueName"]}}
    return Alarm(
        what=f"Er liggen onbestelbare opdrachten van {of}",
        namespace="AWS/SQS",
        metric="ApproximateNumberOfMessagesVisible",
        about=about,
        statistic="Maximum",
    )


def waits_too_long(lane: Lane) -> Alarm:
    about = {"QueueName": {"Fn::GetAtt": [queue(lane), "QueueName"]}}
    return Alarm(
        what=f"De oudste opdracht van {lane} wacht te lang",
        namespace="AWS/SQS",
        metric="ApproximateAgeOfOldestMessage",
        about=about,
        above=OLDEST[lane],
        statistic="Maximum",
        periods=2,
    )


def failures(name: str) -> Alarm:
    return Alarm(
        what=f"{name} loopt vast", namespace="AWS/Lambda", metric="Errors",
        about={"FunctionName": ref(name)},
    )  # fmt: skip


def throttles(name: str) -> Alarm:
    return Alarm(
        what=f"{name} wordt geweigerd", namespace="AWS/Lambda", metric="Throttles",
        about={"FunctionName": ref(name)},
    )  # fmt: skip


def throttled_table(metric: str) -> Alarm:
    return Alarm(
        what="De tabel weigert verzoeken", namespace="AWS/DynamoDB", metric=metric,
        about={"TableName": ref("Table")},
    )  # fmt: skip


def failed_answers() -> Alarm:
    return Alarm(
        what="Platformen of medewerkers krijgen foutmeldingen", namespace="AWS/ApiGateway",
        metric="5XXError", about={"ApiName": "nabij", "Stage": "v1"}, above=3,
    )  # fmt: skip


def life_at_risk() -> Alarm:
    return Alarm(
        what="Een bericht over levensgevaar kwam te laat op de wachtrij", namespace="Nabij",
        metric="LifeAtRiskSeconds", about={"service": "nabij"}, above=LIFE_AT_RISK,
        statistic="Maximum",
    )  # fmt: skip

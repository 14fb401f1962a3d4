"""Words of this context."""

from gongkai.kernel.labelled import Labelled


class SignerKind(Labelled):
    """Where the key lies and how it signs."""

    FILE = "file", "本系统保管的密钥（RSA、SHA-256）"
    SM2 = "sm2", "本系统保管的国密密钥（SM2、SM3）"
    REMOTE = "remote", "签章服务"


class AnswerKind(Labelled):
    """What a signing service answers with."""

    RAW = "raw", "签名值"
    CMS = "cms", "签名结构"


class KeyState(Labelled):
    """How an organ's key stands."""

    IN_USE = "in_use", "在用"
    RETIRED = "retired", "已换发"
    EXPIRED = "expired", "已到期"
    REVOKED = "revoked", "已吊销"


class Verdict(Labelled):
    """What is told of a paper that somebody holds."""

    GENUINE = "genuine", "真实"
    REPLACED = "replaced", "已被更正"
    WITHDRAWN_KEY = "withdrawn_key", "印章已吊销"
    MISMATCH = "mismatch", "不符"
    UNKNOWN = "unknown", "查无此件"

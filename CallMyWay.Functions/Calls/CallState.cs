namespace CallMyWay.Functions.Calls;

/// <summary>Which way a call goes, seen from the account: the operator's <c>type</c>.</summary>
public enum CallDirection
{
    In,
    Out,
    Internal,
}

/// <summary>How far a call has come. It only moves forward.</summary>
public enum CallState
{
    Ringing,
    Connected,
    Ended,
}

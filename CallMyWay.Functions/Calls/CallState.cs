namespace CallMyWay.Functions.Calls;

/// <summary>Which way a call goes, seen from the account: the operator's <c>type</c>.</summary>
public enum CallDirection
{
    In,
    Out,
    Internal,
}

/// <summary>
/// How far a call has come. It follows from what is known of the call, so it can also go back: a call whose only phone
/// stopped ringing rings again when another phone does.
/// </summary>
public enum CallState
{
    Ringing,
    Connected,
    Ended,
}

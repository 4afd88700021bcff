using System.Net.Sockets;
using System.Security.Authentication;

namespace CallMyWay.Functions.Outgoing;

/// <summary>Why a request got no answer.</summary>
public enum OutgoingFault
{
    /// <summary>It took too long.</summary>
    Timeout,

    /// <summary>The receiver could not be reached, or hung up.</summary>
    Unreachable,

    /// <summary>Its name has no address.</summary>
    UnknownHost,

    /// <summary>Its certificate is not valid, or no TLS was possible.</summary>
    Tls,

    /// <summary>Its name leads to a private address.</summary>
    PrivateAddress,
}

internal static class OutgoingFaults
{
    /// <summary>What a failed request says; null for what is no fault of the receiver.</summary>
    public static OutgoingFault? Of(Exception error) => error switch
    {
        OperationCanceledException => OutgoingFault.Timeout,
        PrivateAddressException => OutgoingFault.PrivateAddress,
        AuthenticationException => OutgoingFault.Tls,
        SocketException
        {
            SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain,
        } => OutgoingFault.UnknownHost,
        HttpRequestException { InnerException: { } inner } when Of(inner) is { } cause => cause,
        HttpRequestException or IOException or SocketException => OutgoingFault.Unreachable,
        _ => null,
    };
}

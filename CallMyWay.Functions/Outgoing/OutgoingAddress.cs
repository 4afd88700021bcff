using System.Net;
using System.Net.Sockets;
using CallMyWay.Functions.Api;

namespace CallMyWay.Functions.Outgoing;

/// <summary>Checks an address that an administrator enters, and to which requests are sent.</summary>
public sealed class OutgoingAddress(IAddressResolver resolver)
{
    private const int Longest = 2000;

    private static readonly TimeSpan LookUpFor = TimeSpan.FromSeconds(5);

    /// <summary>Adds what is wrong with the address to the errors of the field <c>url</c>.</summary>
    /// <param name="url">As it was entered.</param>
    /// <param name="example">A path for the example in the error, in Spanish and in English.</param>
    /// <param name="allowPrivate">True where private addresses are allowed, and http.</param>
    /// <param name="errors">They get it.</param>
    /// <param name="cancellationToken">The caller's: the name is looked up.</param>
    public async Task CheckAsync(
        string? url,
        (string Es, string En) example,
        bool allowPrivate,
        FieldErrors errors,
        CancellationToken cancellationToken)
    {
        if (url is not { Length: > 0 and <= Longest } || !Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("https" or "http") || uri.Host.Length == 0)
        {
            errors.Add(
                "url",
                $"Escriba la dirección completa, como https://crm.ejemplo.com/{example.Es}.",
                $"Write the whole address, such as https://crm.example.com/{example.En}.");
        }
        else if (uri.Scheme == "http" && !allowPrivate)
        {
            errors.Add("url", "La dirección debe empezar con https://.", "The address must begin with https://.");
        }
        else if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            errors.Add(
                "url",
                "Quite el usuario, la contraseña y lo que sigue a # de la dirección.",
                "Take the user, the password and what follows # out of the address.");
        }
        else if (!allowPrivate && await IsPrivateAsync(uri, cancellationToken))
        {
            errors.Add(
                "url",
                "La dirección es de una red privada o de este mismo servidor. Use una dirección pública.",
                "The address is of a private network or of this server itself. Use a public address.");
        }
    }

    // A name that has no address yet is looked up again at each connection, as is every other.
    private async Task<bool> IsPrivateAsync(Uri uri, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(uri.IdnHost.Trim('[', ']'), out var address))
        {
            return PrivateAddresses.Has(address);
        }

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(LookUpFor);
            return Array.Exists(await resolver.ResolveAsync(uri.IdnHost, limit.Token), PrivateAddresses.Has);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}

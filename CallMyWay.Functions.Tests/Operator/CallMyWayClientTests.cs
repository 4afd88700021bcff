using System.Net;
using System.Net.Sockets;
using System.Text;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Tests.Operator;

/// <summary>How an answer of the operator, or its absence, is classified.</summary>
public sealed class CallMyWayClientTests
{
    private const string Username = "8000001";

    [Theory]
    [InlineData(200, "OK", ClickResult.Accepted)]
    [InlineData(200, "", ClickResult.Accepted)]
    [InlineData(201, "Insertado", ClickResult.Accepted)]
    [InlineData(200, """{"error":null,"id":7}""", ClickResult.Accepted)]
    [InlineData(200, """{"errors":[],"id":7}""", ClickResult.Accepted)]
    [InlineData(200, """{"error":false}""", ClickResult.Accepted)]
    [InlineData(200, """{"error":"","error_code":0}""", ClickResult.Accepted)]
    [InlineData(200, """{"error":"0","errors":{}}""", ClickResult.Accepted)]
    [InlineData(200, """[{"data":{"error":{"code":0,"message":null}}}]""", ClickResult.Accepted)]
    [InlineData(200, "\ufeff {\"error\":null}\r\n", ClickResult.Accepted)]
    [InlineData(200, "{'error': null, 'ack': 'ok'}", ClickResult.Accepted)]
    [InlineData(200, "ERROR: usuario o clave incorrectos", ClickResult.Refused)]
    [InlineData(200, "<html>Acceso denegado</html>", ClickResult.Refused)]
    [InlineData(200, """{"error":"saldo insuficiente"}""", ClickResult.Refused)]
    [InlineData(200, """{"error":true}""", ClickResult.Refused)]
    [InlineData(200, """{"error_code":12}""", ClickResult.Refused)]
    [InlineData(200, """{"errors":[null,{"number":"no es válido"}]}""", ClickResult.Refused)]
    [InlineData(200, """{"result":{"status":"Error"}}""", ClickResult.Refused)]
    [InlineData(200, "{'error': 'saldo insuficiente'}", ClickResult.Refused)]
    [InlineData(200, """{"error":"\ud800"}""", ClickResult.Refused)]
    [InlineData(200, "\"denied\"", ClickResult.Refused)]
    [InlineData(200, """{"success":true,"ok":1}""", ClickResult.Accepted)]
    [InlineData(200, """{"success":false,"message":"Saldo insuficiente"}""", ClickResult.Refused)]
    [InlineData(200, "Usuario o contraseña incorrecta", ClickResult.Refused)]
    [InlineData(200, "IP no habilitada", ClickResult.Refused)]
    [InlineData(200, "Saldo insuficiente", ClickResult.Refused)]
    [InlineData(200, "El usuario ya tiene una llamada activa", ClickResult.Refused)]
    [InlineData(200, "Demasiadas solicitudes", ClickResult.Refused)]
    [InlineData(200, """{"failed":0,"inserted":1}""", ClickResult.Accepted)]
    [InlineData(200, "Llamada activada", ClickResult.Accepted)]
    [InlineData(401, "OK", ClickResult.Refused)]
    [InlineData(409, """{"error":null}""", ClickResult.Refused)]
    [InlineData(302, "", ClickResult.Refused)]
    [InlineData(500, "OK", ClickResult.Unknown)]
    [InlineData(408, "", ClickResult.Unknown)]
    public async Task An_Answer_Is_Classified_By_Its_Status_And_Its_Text(
        int status, string text, ClickResult result)
    {
        await using var scripted = await ScriptedOperator.StartAsync();
        scripted.Answer = (status, text);

        var answer = await Client(scripted.Address).ClickToDialAsync(Username, "40001001", "88881234", MayBeSent);

        (answer.Result, answer.Status).ShouldBe((result, status));
        answer.IsSurelyNoCall.ShouldBe(result == ClickResult.Refused && status >= 400);
        scripted.Asked.ShouldBe([("40001001", "88881234")]);
    }

    [Theory]
    [InlineData("Número inválido", true)]
    [InlineData("Usuario inválido, clave inválida", false)]
    [InlineData("Es inválida aquí", true)]
    public void An_Answer_Is_Read_In_Latin_1_And_In_Utf_8(string text, bool isWhole)
    {
        CallMyWayClient.TextOf(Encoding.UTF8.GetBytes(text), isWhole).ShouldBe(text);
        var read = CallMyWayClient.TextOf(Encoding.Latin1.GetBytes(text), isWhole);
        read.ShouldBe(text);
        CallMyWayClient.Classify(200, read).ShouldBe(ClickResult.Refused);
    }

    [Fact]
    public void An_Answer_That_Is_Cut_Within_A_Letter_Is_Read_Up_To_It() =>
        CallMyWayClient.TextOf(Encoding.UTF8.GetBytes("Su número no es válido: ñ").AsSpan(..^1), isWhole: false)
            .ShouldStartWith("Su número no es válido: ");

    [Theory]
    [InlineData("secret\n", "secret")]
    [InlineData("secret\r\n", "secret")]
    [InlineData(" se cret ", " se cret ")]
    public void The_Line_End_Of_A_File_Is_No_Part_Of_The_Password(string stored, string password)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Accounts:0:Password", (string?)stored)])
            .Build();

        settings.Get<CallMyWayOptions>()!.Accounts.ShouldHaveSingleItem().Password.ShouldBe(password);
    }

    [Fact]
    public async Task If_The_Connection_Is_Refused_Nothing_Was_Sent()
    {
        // One connection waits to be accepted, and there is no room for another: a further client gets no answer.
        using var full = Listen(backlog: 0);
        using var first = new TcpClient();
        await first.ConnectAsync((IPEndPoint)full.LocalEndpoint);
        using var second = new TcpClient();
        _ = second.ConnectAsync((IPEndPoint)full.LocalEndpoint);

        var answer = await Client(AddressOf(full, "http"))
            .ClickToDialAsync(Username, "40001001", "88881234", MayBeSent);

        answer.Result.ShouldBe(ClickResult.NotSent);
        answer.IsSurelyNoCall.ShouldBeTrue();
    }

    [Fact]
    public async Task If_Tls_Is_Not_Established_Nothing_Was_Sent()
    {
        using var mute = Listen(backlog: 10);

        var answer = await Client(AddressOf(mute, "https"), timeoutSeconds: 1)
            .ClickToDialAsync(Username, "40001001", "88881234", MayBeSent);

        answer.Result.ShouldBe(ClickResult.NotSent);
    }

    [Fact]
    public async Task If_A_Connected_Operator_Does_Not_Answer_The_Result_Is_Unknown()
    {
        using var mute = Listen(backlog: 10);

        var answer = await Client(AddressOf(mute, "http"), timeoutSeconds: 1)
            .ClickToDialAsync(Username, "40001001", "88881234", MayBeSent);

        answer.Result.ShouldBe(ClickResult.Unknown);
        answer.IsSurelyNoCall.ShouldBeFalse();
    }

    private static Task<bool> MayBeSent() => Task.FromResult(true);

    // Nothing accepts the connections: they exist only in the system.
    private static TcpListener Listen(int backlog)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(backlog);
        return listener;
    }

    private static Uri AddressOf(TcpListener listener, string scheme) =>
        new($"{scheme}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    private static CallMyWayClient Client(Uri address, int timeoutSeconds = 30) => new(
        Options.Create(new CallMyWayOptions { BaseUrl = address, TimeoutSeconds = timeoutSeconds, Accounts = { new AccountOptions { Username = Username, Password = "secret" } } }),
        NullLogger<CallMyWayClient>.Instance);
}

using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Tests.Mappings;

/// <summary>Phones that a call names by their address, where the hosts of ours are known.</summary>
public sealed class SipHostsTests : IAsyncLifetime
{
    private Features _features = null!;

    public async Task InitializeAsync()
    {
        _features = await Features.StartAsync();
        await _features.MapAsync("1001", "ana", "1001");
        await _features.MapAsync("1002", "luis", "40001002");
    }

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Theory]
    [InlineData("sip:1001@pbx.example", "pbx.example", "ana")]
    [InlineData("\"Ana\" <sip:1001@PBX.example:5060;transport=udp>", "pbx.example", "ana")]
    [InlineData("sip:1001@10.0.0.7", "pbx.example, 10.0.0.7", "ana")]
    [InlineData("sip:1001:word@pbx.example:5060", "pbx.example", "ana")]
    [InlineData("1001", "pbx.example", "ana")]
    [InlineData("PJSIP/1001-0000001c", "pbx.example", "ana")]
    [InlineData("Local/1001@from-internal-0000001c;1", "pbx.example", "ana")]
    [InlineData("sip:1001@other.example", "pbx.example", null)]
    [InlineData("<sip:1001@pbx.example.other>", "pbx.example", null)]
    [InlineData("sip:1001@other.example", "", "ana")]
    // A whole telephone number is the same wherever it is.
    [InlineData("sip:40001002@other.example", "pbx.example", "luis")]
    public async Task An_Extension_At_Another_s_Host_Is_No_Phone_Of_Ours(string phone, string hosts, string? agentId)
    {
        var store = StoreWith(hosts);

        var found = await store.FindPhonesAsync(phone, _ => true, CancellationToken.None);

        found.Select(mapping => mapping.AgentId).ShouldBe(agentId is null ? [] : [agentId]);
        store.IsPhone("1001", "1001", phone).ShouldBe(agentId == "ana");
    }

    private MappingStore StoreWith(string hosts)
    {
        var section = new ConfigurationBuilder()
            .AddInMemoryCollection([new("CallMyWay:SipHosts", hosts)]).Build().GetSection("CallMyWay");
        var options = section.Get<CallMyWayOptions>()!;
        options.ReadShortForms(section);
        return new MappingStore(
            _features.Get<ITables>(),
            _features.Get<PhoneNumberParser>(),
            _features.Get<Accounts>(),
            Options.Create(options));
    }
}
